package io.sluice.crypto.hierarchy;

class MemoryKeyHierarchyTest extends KeyHierarchyContract {
    @Override
    KeyStore freshStore() {
        return new MemoryKeyStore();
    }
}
