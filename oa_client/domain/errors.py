"""Failures that are told to the user as a sentence; anything else is a bug."""


class OaError(Exception):
    """A refusal or failure in the user's words: what happened, what was kept, what to do.

    `sentence` says what happened; `hint` says what was kept and what to do next (may be empty);
    `details` is for the administrator and is shown folded.
    """

    def __init__(self, sentence: str, hint: str = "", details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        return f"{self.sentence}{self.hint}"


class Refused(OaError):
    """A rule forbids the act; nothing was changed."""


class Invalid(Refused):
    """One or more fields are wrong. `fields` maps the field's key to its sentence."""

    def __init__(self, fields: dict[str, str], hint: str = "已填写的内容均已保留，请改正后再提交。") -> None:
        super().__init__("；".join(text.rstrip("。") for text in fields.values()) + "。", hint)
        self.fields = fields


class Conflict(OaError):
    """Somebody else acted first, or the screen is older than the database (陈旧画面)."""


class NotFound(OaError):
    """The thing asked for is not there, or the asker may not see it: the same answer for both."""


class Unavailable(OaError):
    """The database, a file or a device cannot be reached now; trying again may help."""
