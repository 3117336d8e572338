package switchesonalonger;

enum Color { RED, GREEN }
