"""How the packed program is started."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
# A JVM without a locale would read prompts as ASCII; and what is checked and timed is computed here.
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8", "KONTEXT4J_NO_TEXT_CACHE": "true"}


def kontext(*arguments: str, log: Path) -> list[str]:
    """log: a folder for what a crash leaves."""
    jars = ":".join(str(jar) for jar in sorted((HERE / "jars").glob("*.jar")))
    java = [str(HERE / "runtime/bin/java"), f"@{HERE}/java-options", f"-XX:ErrorFile={log}/crash.log"]
    return [*java, "-cp", jars, "dev.kontext4j.cli.Main", *arguments]
