"""文枢: `python main.py` opens the client, `python main.py --help` lists the commands."""

from oa_client.app import main

if __name__ == "__main__":
    raise SystemExit(main())
