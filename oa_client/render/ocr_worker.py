"""The process that recognises one picture: the picture's bytes on standard input, {"lines": […]} on standard output."""

import contextlib
import json
import sys


def main() -> int:
    """Recognise and print; library chatter goes to standard error."""
    data = sys.stdin.buffer.read()
    with contextlib.redirect_stdout(sys.stderr):
        from rapidocr import RapidOCR

        result = RapidOCR()(data)
    lines = list(result.txts or ())
    sys.stdout.write(json.dumps({"lines": lines}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
