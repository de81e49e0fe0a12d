"""``python -m tests.reliability --db pg --messages 2000 --kills 40``: prints one JSON line, exit 1 on a failure."""

import json
import sys

from tests.reliability.plan import parsed
from tests.reliability.running import run

if __name__ == "__main__":
    figures = run(parsed())
    print(json.dumps(figures, ensure_ascii=False))
    sys.exit(bool(figures["failures"]))
