package addsavirtualmethodwithanenumswitch;

enum Color { RED, GREEN }
