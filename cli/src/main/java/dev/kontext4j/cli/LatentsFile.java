package dev.kontext4j.cli;

