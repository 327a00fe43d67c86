"""The commands as a person gives them: their answers, their errors, their exit codes."""
