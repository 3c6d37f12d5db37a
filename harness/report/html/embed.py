"""A style sheet as C++, with the hash that names it in a Content-Security-Policy.

usage: embed.py STYLE.css OUT.cc
"""

import base64
import hashlib
import pathlib
import sys

style = pathlib.Path(sys.argv[1]).read_bytes()
lines = "\n".join('    R"css(%s\n)css"' % line for line in style.decode().splitlines())
# As a browser counts: all between <style> and </style>.
text = "".join(line + "\n" for line in style.decode().splitlines()).encode()
digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
pathlib.Path(sys.argv[2]).write_text(f"""// Made by harness/report/html/embed.py.
#include "report/html/style.h"

namespace jitterlab {{

const char* const kStyle =
{lines};
const char* const kStyleHash = "sha256-{digest}";

}}  // namespace jitterlab
""")
