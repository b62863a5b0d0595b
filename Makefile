# make setup | run | test | check | bench      ARGS="…" is passed on, PYTHON=… chooses the interpreter.
# The work is done by bootstrap.py, which also serves Windows:  py -3.11 bootstrap.py run

PYTHON ?= python3
ARGS ?=

RECENT = 'import sys; raise SystemExit(sys.version_info < (3, 11))'
FOUND := $(shell for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c $(RECENT) >/dev/null 2>&1 && { echo "$$python"; break; }; done)

.PHONY: run setup test check bench

run setup test check bench:
	@"$(or $(FOUND),$(PYTHON))" bootstrap.py $@ $(ARGS) || { status=$$?; [ $$status -ne 127 ] || \
		echo '没有找到 Python，请先安装 3.11 或更新版本。 / No Python found; install 3.11 or newer.' >&2; exit $$status; }
