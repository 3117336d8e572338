package switchesonalongernonehad;

enum Color { RED, GREEN }
