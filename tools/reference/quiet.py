"""Imported before the libraries: one thread, so that sums are taken in one order; no network; no chatter."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")

import torch
from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

torch.set_num_threads(1)
for logging in (diffusers_logging, transformers_logging):
    logging.set_verbosity_error()
    logging.disable_progress_bar()
