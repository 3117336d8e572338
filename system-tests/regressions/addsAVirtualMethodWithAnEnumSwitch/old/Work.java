package addsavirtualmethodwithanenumswitch;

class Work { String go(int k) { return "go" + k; } }
