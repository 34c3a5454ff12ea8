package io.registrator.ops.observe;

import com.google.common.collect.ImmutableList;
import io.registrator.reconcile.ReconcileObserver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Tells several observers everything, one after the other, in the order given. */
public final class FanOut {
    private FanOut() {}

    /** A proxy, so that no occurrence can be forgotten here when a new one is added. */
    public static ReconcileObserver to(ReconcileObserver... observers) {
        ImmutableList<ReconcileObserver> all = ImmutableList.copyOf(observers);
        return (ReconcileObserver) Proxy.newProxyInstance(
                ReconcileObserver.class.getClassLoader(),
                new Class<?>[] {ReconcileObserver.class},
                (proxy, method, arguments) -> tell(all, method, arguments));
    }

    private static @Nullable Object tell(
            ImmutableList<ReconcileObserver> observers, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            for (ReconcileObserver observer : observers) {
                method.invoke(observer, arguments);
            }
            return null;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
