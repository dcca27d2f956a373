// Filled elsewhere.
