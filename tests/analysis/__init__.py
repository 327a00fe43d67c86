"""Networks, and the questions about them."""
