"""The command line of files: arguments, and the command that makes one."""
