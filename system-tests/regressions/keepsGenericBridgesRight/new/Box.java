package keepsgenericbridgesright;

class Box<T> { protected T value; Box(T value) { this.value = value; } T get() { return value; } Box<T> with(T t) { return new Box<>(t); } }
