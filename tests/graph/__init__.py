"""What every room stands on: ids."""
