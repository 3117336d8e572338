package addsmethodstoarecordandanenum;

enum Mode { ON, OFF; boolean is() { return this == ON; } }
