package dev.authmail.dkim;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.SignatureException;
import java.util.Locale;

/**
 * The few functions of OpenSSL 3's libcrypto that sign. Keys are shared by threads, as {@code EVP_PKEY} may be; the
 * context of a signature is its own. See d2i_AutoPrivateKey(3), EVP_DigestSign(3). Needs Java 22, for {@code
 * java.lang.foreign}. Thread-safe.
 */
@SuppressWarnings("restricted") // the manifest grants native access
final class Libcrypto {
    private static final int OPENSSL_VERSION = 0;
    private static final int LONGEST_VERSION = 200;
    private static final int OK = 1;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;
    private final MethodHandle version;
    private final MethodHandle readPrivateKey;
    private final MethodHandle freeKey;
    private final MethodHandle newContext;
    private final MethodHandle freeContext;
    private final MethodHandle beginSigning;
    private final MethodHandle sign;
    private final MethodHandle clearErrors;
    private final MemorySegment sha256;

    /** @throws IllegalArgumentException when the system has no OpenSSL 3 of 64 bits */
    Libcrypto() {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new IllegalArgumentException("libcrypto is used on 64-bit systems alone"); // size_t is a long below
        }
        library = SymbolLookup.libraryLookup(fileName(), Arena.global());
        version = function("OpenSSL_version", ADDRESS, JAVA_INT);
        readPrivateKey = function("d2i_AutoPrivateKey", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
        freeKey = procedure("EVP_PKEY_free", ADDRESS);
        newContext = function("EVP_MD_CTX_new", ADDRESS);
        freeContext = procedure("EVP_MD_CTX_free", ADDRESS);
        beginSigning = function("EVP_DigestSignInit", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        sign = function("EVP_DigestSign", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
        clearErrors = procedure("ERR_clear_error");
        MethodHandle digest = function("EVP_sha256", ADDRESS);
        sha256 = call(() -> (MemorySegment) digest.invokeExact());
    }

    /** As the dynamic linker finds it; the number is that of the binary interface. */
    private static String fileName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.contains("mac")
                ? "libcrypto.3.dylib"
                : system.contains("windows") ? "libcrypto-3-x64.dll" : "libcrypto.so.3";
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.of(result, parameters));
    }

    private MethodHandle procedure(String name, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.ofVoid(parameters));
    }

    private MethodHandle handle(String name, FunctionDescriptor type) {
        return library.find(name)
                .map(address -> linker.downcallHandle(address, type))
                .orElseThrow(() -> new IllegalArgumentException("libcrypto has no " + name));
    }

    /** Such as {@code OpenSSL 3.0.17 1 Jul 2025}. */
    String version() {
        return call(() -> (MemorySegment) version.invokeExact(OPENSSL_VERSION))
                .reinterpret(LONGEST_VERSION)
                .getString(0);
    }

    /**
     * A key in libcrypto's own form; freed when nobody holds it any more.
     *
     * @param pkcs8 PrivateKeyInfo, RFC 5208 §5
     * @throws IllegalArgumentException when libcrypto cannot read it
     */
    MemorySegment privateKey(byte[] pkcs8) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment der = arena.allocateFrom(JAVA_BYTE, pkcs8);
            MemorySegment position = arena.allocateFrom(ADDRESS, der);
            long length = der.byteSize();
            MemorySegment key =
                    call(() -> (MemorySegment) readPrivateKey.invokeExact(MemorySegment.NULL, position, length));
            der.fill((byte) 0);
            if (key.equals(MemorySegment.NULL)) {
                forgetErrors();
                throw new IllegalArgumentException("libcrypto cannot read the key");
            }
            return key.reinterpret(Arena.ofAuto(), this::free);
        }
    }

    private void free(MemorySegment key) {
        run(() -> {
            freeKey.invokeExact(key);
        });
    }

    /**
     * The signature of some octets with a key.
     *
     * @param hashed whether their SHA-256 is signed (RSA), or they themselves (Ed25519)
     * @param longest the longest signature that the key can make, in octets
     */
    byte[] sign(MemorySegment key, boolean hashed, byte[] octets, int longest) throws SignatureException {
        MemorySegment context = call(() -> (MemorySegment) newContext.invokeExact());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocateFrom(JAVA_BYTE, octets);
            MemorySegment signature = arena.allocate(longest);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, longest);
            MemorySegment digest = hashed ? sha256 : MemorySegment.NULL;
            MemorySegment none = MemorySegment.NULL;
            int begun = call(() -> (int) beginSigning.invokeExact(context, none, digest, none, key));
            int signed = begun == OK
                    ? call(() -> (int) sign.invokeExact(context, signature, length, input, input.byteSize()))
                    : begun;
            if (signed != OK) {
                forgetErrors();
                throw new SignatureException("libcrypto could not sign");
            }
            return signature.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        } finally {
            run(() -> {
                freeContext.invokeExact(context);
            });
        }
    }

    /** libcrypto keeps them for each thread of the system, and who comes after would find them. */
    private void forgetErrors() {
        run(() -> {
            clearErrors.invokeExact();
        });
    }

    private interface Call<T> {
        T make() throws Throwable;
    }

    /** To be written with braces: without them javac has {@code invokeExact} return something. */
    private interface Procedure {
        void run() throws Throwable;
    }

    private static void run(Procedure procedure) {
        call(() -> {
            procedure.run();
            return OK;
        });
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of libcrypto failed", e); // a native function throws nothing
        }
    }
}
