"""What a model is asked, and with which words before it: templates filled within a budget."""
