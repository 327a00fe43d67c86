"""Make the `polegraph` command of this environment run the checkout: a path file and a launcher, no build."""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A process that reads for a load starts from this file again and must not import the whole command.
_BODY = 'if __name__ == "__main__":\n    from cli.main import main\n\n    main()\n'


def main() -> None:
    """Write the path file into site-packages and the launcher beside the interpreter."""
    Path(sysconfig.get_path("purelib"), "polegraph.pth").write_text(f"{ROOT}\n")
    launcher = Path(sysconfig.get_path("scripts"), "polegraph")
    launcher.write_text(f"#!{sys.executable}\n{_BODY}")
    launcher.chmod(0o755)


if __name__ == "__main__":
    main()
