package changesamethodsignature;

class User extends Work { String go() { return calc(3) + text("x"); } }
