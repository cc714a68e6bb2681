package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file that a client sends: says to it what became of them where the rest does not come. */
public class ClientBytes extends BlockStream {
    private final String outcome;

    /** @param outcome what becomes of a file that breaks off, such as "nothing was stored" */
    public ClientBytes(InputStream in, String outcome) {
        super(in);
        this.outcome = outcome;
    }

    /**
     * @throws ProblemException 400 if the client breaks off
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (BrokenBodyException e) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, e.getMessage() + "; " + outcome + ". Send the file again", e);
        }
    }
}
