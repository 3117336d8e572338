package keepsgenericbridgesright;

interface Step<T> { T apply(T t); default T twice(T t) { return apply(apply(t)); } }
