# Sourced by the scripts here, with $here set: $python is $PYTHON, else that of $VIRTUAL_ENV, else that of a virtual
# environment made from requirements.txt.
if [ -n "${PYTHON:-}" ]; then
  python=$PYTHON
elif [ -n "${VIRTUAL_ENV:-}" ]; then
  python=$VIRTUAL_ENV/bin/python
else
  python=$here/.venv/bin/python
  if [ ! -e "$here/.venv/complete" ]; then
    echo "making $here/.venv from requirements.txt" >&2
    python3 -m venv "$here/.venv"
    "$python" -m pip install --quiet --requirement "$here/requirements.txt"
    touch "$here/.venv/complete"
  fi
fi
