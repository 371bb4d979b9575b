package io.sluice.server.launch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The product's own settings. Framework settings stand in application.properties. */
@ConfigMapping(prefix = "sluice")
public interface SluiceConfig {
    /** Folder for everything that is kept. */
    Path data();

    /** {@code sqlite:FILE} or a {@code postgresql://} URL. */
    String store();

    /** A file with the database's password, where the URL does not tell it. */
    Optional<Path> storePasswordFile();

    /** Whether to make the small world of a newcomer. */
    @WithDefault("false")
    boolean demo();

    /** Whether to answer the benchmark's constant, which needs no token. */
    @WithDefault("false")
    boolean bench();

    /** How others reach this server; empty for what listens on loopback. */
    Optional<URI> publicUrl();

    Http http();

    Admin admin();

    Cache cache();

    Audit audit();

    Tables tables();

    Auth auth();

    /** The object stores by name. None stands for the two folders of a newcomer. */
    Map<String, Store> stores();

    Vending vending();

    Traces traces();

    Sharing sharing();

    Pod pod();

    /** Where this process tells others on the machine that it serves, and on which ports. */
    default Path ownFolder() {
        return pod().folder().orElseGet(this::data);
    }

    interface Http {
        /** Addresses and ranges of proxies whose {@code X-Forwarded-For} tells where a request comes from. */
        Optional<List<String>> trustedProxies();
    }

    /** Where the time of a request goes, told to a collector of OpenTelemetry's. */
    interface Traces {
        /** The collector's address for spans by OTLP over HTTP; empty for no traces. */
        Optional<URI> endpoint();

        /** Which part of the requests is traced, from 0 to 1, unless whoever sent one has decided it. */
        @WithDefault("1")
        double sampled();
    }

    /** How much one recipient may ask of one process. */
    interface Sharing {
        /** In the long run. */
        @WithDefault("200")
        int requestsPerSecond();

        /** At once, after a quiet time. */
        @WithDefault("1000")
        int requestsInBurst();

        /** Being answered at the same time. */
        @WithDefault("64")
        int requestsAtOnce();

        /** That one answer may list; whoever wants more asks for pages. */
        @WithDefault("1000000")
        int filesPerAnswer();
    }

    interface Tables {
        /** How long a dropped table can be had back. */
        @WithDefault("7")
        int keptAfterDropDays();
    }

    interface Audit {
        /** How long a line of the audit log is kept. */
        @WithDefault("365")
        int keptDays();
    }

    interface Cache {
        /** How much memory the tables of all catalogs may take; those not used for longest are let go of. */
        @WithDefault("268435456")
        long tableBytes();
    }

    interface Admin {
        /** Who owns a new metastore. */
        @WithDefault(Bootstrap.ADMIN)
        String principal();

        /** The file with the admin's token; empty makes one in the data folder. */
        Optional<Path> tokenFile();
    }

    /** Who is believed, beside our own tokens. */
    interface Auth {
        /** The issuers by name. */
        Map<String, Oidc> oidc();
    }

    /** An issuer of OpenID Connect. Issuer and audience are compared letter by letter. */
    interface Oidc {
        URI issuer();

        String audience();

        /** Where its keys are; empty asks its discovery document. */
        Optional<URI> jwksUrl();

        /** The metastore whose users it vouches for, by name; empty for the first one. */
        Optional<String> metastore();

        /** The claim that names the user; empty takes the e-mail address, else the subject. */
        Optional<String> principalClaim();

        /** The claim that names the user's groups; empty believes no groups. */
        Optional<String> groupsClaim();

        /** How far its clock may be off, in seconds. */
        @WithDefault("30")
        int clockSkewSeconds();
    }

    /** An object store. */
    interface Store {
        /** {@code s3://}, {@code gs://}, {@code abfss://} with container and account, or {@code file:///folder}. */
        URI root();

        String cloud();

        String region();

        /** Of a service that is not the cloud's public one. */
        Optional<URI> endpoint();

        /** The same service as recipients of shares reach it, where that differs. */
        Optional<URI> publicEndpoint();

        @WithDefault("false")
        boolean pathStyle();

        /** What opens it, as its cloud gives it; else what the machine itself is allowed. */
        Optional<Path> credentialsFile();

        /** Folder with the jars of another client for S3 than ours. */
        Optional<Path> clientJars();

        /** The metastore whose credentials may open it, by name; empty for the first one. */
        Optional<String> metastore();

        /** What credentials of the catalog may hand out of a store with an endpoint and a credentials file. */
        @WithDefault("nothing")
        Handout vending();
    }

    /** What is handed out of a store that speaks S3 and is not Amazon's. */
    enum Handout {
        NOTHING,
        /** Sessions of the store's own AssumeRole, each confined to a folder. */
        SESSIONS,
        /** The keys themselves, which open all that they open. */
        KEYS
    }

    /** How credentials for the clouds' stores are made. */
    interface Vending {
        /**
         * Folder with a file for each secret of Azure's and Google's, named by whose it is. Those of another metastore
         * than the first are in a folder of its name within.
         */
        Optional<Path> secrets();

        /** Whose token service is asked for sessions of roles. */
        @WithDefault("us-east-1")
        String awsRegion();

        /** Instead of that region's public one, for a private network. */
        Optional<URI> awsEndpoint();
    }

    /** This process among the others of its cluster. A single one needs none of it. */
    interface Pod {
        @WithDefault("pod-0")
        String name();

        /** How the other pods reach this one; empty for loopback. */
        Optional<URI> address();

        /** Where this process listens for the other pods' sharders; empty for one that is a cluster of its own. */
        Optional<String> listen();

        /** Whether this process may become the cluster's assigner. */
        @WithDefault("true")
        boolean mayAssign();

        /** How long to wait, when told to stop, until other pods have what this one holds. */
        @WithDefault("30")
        int drainSeconds();

        /** Where this pod tells that it serves, for pods that share a data folder; empty tells it there. */
        Optional<Path> folder();

        /** File with the secret that all pods of the cluster know. */
        Optional<Path> secretFile();

        /** What fails together with this pod; empty asks Kubernetes, where it is watched. */
        Optional<String> zone();

        /** Requests per second that this pod can bear. Of two pods the one that bears more is given more. */
        @WithDefault("10000")
        double capacity();

        /** A name whose addresses are those of the pods that are ready, as of a headless service; or the names of all. */
        Optional<List<String>> dns();

        Kubernetes kubernetes();
    }

    /** What the assigner hears of its pods from Kubernetes. */
    interface Kubernetes {
        /** That the pods carry, as in {@code app=sluice,tier=catalog}; empty watches nothing. */
        Optional<String> labels();

        /** Of the pods; empty for this pod's own. */
        Optional<String> namespace();

        /** In front of the pods: its EndpointSlices tell the zones. */
        Optional<String> service();
    }
}
