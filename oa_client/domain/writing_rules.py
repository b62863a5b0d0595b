"""行文规则: what a draft must satisfy before it goes on, as findings in plain words.

Source: 《党政机关公文处理工作条例》第八条至第二十二条、第三十七条; wording, severities and patterns: `rules/writing_rules.json`.
Article 16(3) (a department writing to a lower government's corresponding department) permits and so gives no finding.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .document_kinds import DocumentKinds
from .writing_checks import RELATION_CHECKS, Asked
from .writing_draft import Draft
from .writing_elements import ELEMENT_CHECKS

_CHECKS = {**RELATION_CHECKS, **ELEMENT_CHECKS}


@dataclass(frozen=True)
class Finding:
    """One finding. `severity` block stops the paper, warn wants a recorded reason; `field` is the form's field."""

    rule: str
    severity: str
    sentence: str
    source: str
    field: str


@dataclass(frozen=True)
class WritingRule:
    """A rule with its wording: `cases` maps a case of the check to (severity, sentence, field)."""

    key: str
    stage: str
    source: str
    cases: Mapping[str, tuple[str, str, str]]
    asked: Asked


@dataclass(frozen=True)
class WritingRules:
    """All rules in the order of the regulation, and the order of the stages."""

    rules: tuple[WritingRule, ...]
    stages: tuple[str, ...]
    kinds: DocumentKinds

    @classmethod
    def from_data(cls, data: Mapping[str, Any], kinds: DocumentKinds) -> "WritingRules":
        """Build from `rules/writing_rules.json`; ValueError if its rules are not exactly those the program checks."""
        if set(data["rules"]) != set(_CHECKS):
            raise ValueError(f"writing rules: {sorted(set(data['rules']) ^ set(_CHECKS))}")
        return cls(tuple(_rule(key, item, kinds) for key, item in data["rules"].items()), tuple(data["stages"]), kinds)


def check(draft: Draft, rules: WritingRules) -> tuple[Finding, ...]:
    """All findings about the draft at its stage, those that stop it first, then in the order of the regulation."""
    known = replace(draft, direction=draft.direction or rules.kinds.usual_direction(draft.doc_type))
    reached = rules.stages[:rules.stages.index(draft.stage) + 1]
    found = [finding for rule in rules.rules if rule.stage in reached for finding in _findings(known, rule)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "block"))


def blocks(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those findings that stop the paper."""
    return tuple(finding for finding in findings if finding.severity == "block")


def _findings(draft: Draft, rule: WritingRule) -> Iterator[Finding]:
    for case, words in _CHECKS[rule.key](draft, rule.asked):
        severity, sentence, field = rule.cases[case]
        yield Finding(rule.key, severity, sentence.format(**words), rule.source, field)


def _rule(key: str, item: Mapping[str, Any], kinds: DocumentKinds) -> WritingRule:
    cases = {name: (case["severity"], case["sentence"], case.get("field", item["field"]))
             for name, case in item["cases"].items()}
    patterns = tuple(re.compile(text, re.MULTILINE) for text in item.get("patterns", ()))
    asked = Asked(kinds, patterns, tuple(item.get("words", ())))
    return WritingRule(key, item["stage"], item["source"], cases, asked)
