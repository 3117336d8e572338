package addsmethodstoarecordandanenum;

enum Mode { ON, OFF; private static final Mode FIRST = ON; boolean is() { return this == ON; } Mode other() { return this == FIRST ? OFF : ON; } }
