"""How the packed program is started."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8"}  # a JVM without a locale would read prompts as ASCII


def kontext(*arguments: str, log: Path) -> list[str]:
    """log: a folder for what a crash leaves."""
    jars = ":".join(str(jar) for jar in sorted((HERE / "jars").glob("*.jar")))
    java = [str(HERE / "runtime/bin/java"), f"@{HERE}/java-options", f"-XX:ErrorFile={log}/crash.log"]
    return [*java, "-cp", jars, "dev.kontext4j.cli.Main", *arguments]
