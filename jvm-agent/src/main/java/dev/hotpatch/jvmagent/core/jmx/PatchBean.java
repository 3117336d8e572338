package dev.hotpatch.jvmagent.core.jmx;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/** {@value #NAME}: read only, and of types of the JDK only. What it shows is what the hook handed over last. */
public final class PatchBean implements DynamicMBean, Consumer<Map<String, Object>> {
    private static final String NAME = "dev.hotpatch:type=Patch";

    private volatile Map<String, Object> values = Collections.emptyMap();

    /** Called by reflection. Registers the bean, which from then on is there for the JVM's life. */
    public PatchBean(Map<String, Object> first) throws JMException {
        values = first;
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    }

    /** Replaces what is shown; the map is not to be modified any more. */
    @Override
    public void accept(Map<String, Object> next) {
        values = next;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Object value = values.get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Object> now = values;
        AttributeList list = new AttributeList();
        for (String name : attributes) {
            if (now.containsKey(name)) {
                list.add(new Attribute(name, now.get(name)));
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) throws ReflectionException {
        throw new ReflectionException(new NoSuchMethodException(action), "there are no operations");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        List<MBeanAttributeInfo> attributes = new ArrayList<>();
        for (Map.Entry<String, Object> e : values.entrySet()) {
            String type = e.getValue().getClass().getName();
            attributes.add(new MBeanAttributeInfo(e.getKey(), type, e.getKey(), true, false, false));
        }
        return new MBeanInfo(
                PatchBean.class.getName(),
                "The live patch of this JVM, as of the last time the hook looked.",
                attributes.toArray(new MBeanAttributeInfo[0]),
                null,
                null,
                null);
    }
}
