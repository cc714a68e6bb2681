package dev.wharf.store;

/**
 * As whom a store is used. One place turns it into what signs requests (of the adapter), so that a store does not
 * care which kind it is.
 */
public sealed interface Credentials {

    /** Whose client it is among those of one connection; the same when a secret has changed. No secret. */
    String holder();

    /** What it is called in a sentence. */
    String words();

    /** Nobody in particular: what a store tells everybody. Nothing is signed. */
    record Nobody() implements Credentials {
        @Override
        public String holder() {
            return "";
        }

        @Override
        public String words() {
            return "nobody";
        }
    }

    /** A long-lived pair of an access key id and its secret. */
    record KeyPair(String accessKeyId, String secretAccessKey) implements Credentials {
        @Override
        public String holder() {
            return accessKeyId;
        }

        @Override
        public String words() {
            return "the key pair";
        }

        /** Never the secret. */
        @Override
        public String toString() {
            return "KeyPair[" + accessKeyId + "]";
        }
    }

    /**
     * What this process has been given to run with, as the SDK finds it: environment, profile, web identity, container,
     * instance (AWS SDK, <i>Default credentials provider chain</i>).
     */
    record DefaultChain() implements Credentials {
        @Override
        public String holder() {
            return "";
        }

        @Override
        public String words() {
            return "this service's own identity";
        }
    }

    /**
     * An IAM role, in sessions that are renewed before they end.
     *
     * @param arn the role's
     * @param externalId what the role's trust policy wants to be told, or null; to be kept from others
     * @param sessionName how CloudTrail calls what is done with the role: {@code [\w+=,.@-]{2,64}}
     * @param by who assumes it
     */
    record Role(String arn, String externalId, String sessionName, Credentials by) implements Credentials {
        @Override
        public String holder() {
            return arn + " " + sessionName;
        }

        @Override
        public String words() {
            return "the role " + arn;
        }

        /** Never the external id. */
        @Override
        public String toString() {
            return "Role[" + arn + ", " + sessionName + ", " + by + "]";
        }
    }
}
