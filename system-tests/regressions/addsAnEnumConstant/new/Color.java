package addsanenumconstant;

enum Color { RED, BLUE, GREEN }
