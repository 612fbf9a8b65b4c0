"""What can go wrong, each kind with the exit code that the command line gives it."""


class MigkgError(Exception):
    """A message of one line for the user: what, where, and what to do."""

    exit_code = 4


class GraphInconsistent(MigkgError):
    """The sources contradict each other (exit 1: a finding, not a failure)."""

    exit_code = 1


class UsageError(MigkgError):
    """The call is wrong: an unknown name, a bad parameter, an option that does not fit."""

    exit_code = 2


class InputError(MigkgError):
    """An input cannot be read: missing, not RDF, broken syntax."""

    exit_code = 3


class MachineError(MigkgError):
    """The machine or a server failed: disk, cache, remote, time-out."""
