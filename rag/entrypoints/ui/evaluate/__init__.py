"""The Evaluate page: gold questions and runs over them."""
