"""Records what the real bash and coreutils say to bash-cases.txt, into bash-recorded.json.

    python3 src/shell/testing/record_bash.py      (as root, on Debian 12)

Each case runs as a script file in a fresh copy of bash-tree.txt, under LC_ALL=C. "case.sh: line 3: " is made "bash: ", as
an interactive shell prints it. `syntax` says whether `bash -n` refuses the case.
"""
import json, os, re, shutil, subprocess, tempfile
from pathlib import Path

HERE = Path(__file__).parent
ENV = {"LC_ALL": "C", "PATH": os.environ["PATH"], "HOME": "/root"}


def plant(root: Path) -> None:
    trail = [root]
    for row in (HERE / "bash-tree.txt").read_text().splitlines():
        level = (len(row) - len(row.lstrip())) // 2
        name, _, content = re.match(r"\s*(\S+)(\s{2,}(.*))?$", row).groups()
        path = trail[level] / name.rstrip("/")
        del trail[level + 1 :]
        if name.endswith("/"):
            path.mkdir(mode=0o755)
            trail.append(path)
        else:
            path.write_text((content or "").replace("\\n", "\n"))
            path.chmod(0o640)


def run(script: str) -> dict:
    folder = Path(tempfile.mkdtemp())
    plant(folder)
    Path("case.sh").write_text(script + "\n")
    done = subprocess.run(["bash", os.path.abspath("case.sh")], cwd=folder, env=ENV, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    syntax = subprocess.run(["bash", "-n", "-c", script], env=ENV, capture_output=True).returncode != 0
    shutil.rmtree(folder)
    stderr = re.sub(r"^\S*case\.sh: (line \d+: )?", "bash: ", done.stderr, flags=re.M)
    return {"script": script, "syntax": syntax, "status": done.returncode, "stdout": done.stdout, "stderr": "" if syntax else stderr}


def version(program: str) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True).stdout.splitlines()[0]


os.chdir(tempfile.mkdtemp())
cases = (HERE / "bash-cases.txt").read_text().rstrip("\n").split("\n%%\n")
recorded = {"with": [version(p) for p in ("bash", "ls", "find", "grep")], "cases": [run(case) for case in cases]}
(HERE / "bash-recorded.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=True) + "\n")
print(len(recorded["cases"]), "cases")
