/** What the server says when it refuses: a code for programs and a sentence for people. */

/** A refused call. `status` 0 means that no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly requestId: string | null;
  /** Seconds to wait before another try, from Retry-After. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    about: {
      status: number;
      code: string;
      field?: string | null;
      requestId?: string | null;
      retryAfter?: number | null;
    },
  ) {
    super(message);
    this.name = "ApiError";
    this.status = about.status;
    this.code = about.code;
    this.field = about.field ?? null;
    this.requestId = about.requestId ?? null;
    this.retryAfter = about.retryAfter ?? null;
  }
}

interface ErrorBody {
  code?: unknown;
  message?: unknown;
  field?: unknown;
  request_id?: unknown;
}

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Reads an answer that is not a success; answers of proxies without JSON are understood too. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as ErrorBody | null;
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(asText(body?.message) ?? "", {
    status: response.status,
    code: asText(body?.code) ?? (response.status >= 500 ? "server_error" : "refused"),
    field: asText(body?.field),
    requestId: asText(body?.request_id) ?? response.headers.get("X-Request-Id"),
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : null,
  });
}

/** The call never reached the server. */
export function noAnswer(): ApiError {
  return new ApiError("", { status: 0, code: "offline" });
}

/** True when trying again may help: no answer, too many calls, or the server's own trouble. */
export function mayRetry(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
  );
}
