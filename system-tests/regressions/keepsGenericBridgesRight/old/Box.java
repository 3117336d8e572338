package keepsgenericbridgesright;

class Box<T> { protected T value; Box(T value) { this.value = value; } T get() { return value; } }
