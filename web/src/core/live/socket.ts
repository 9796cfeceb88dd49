/** The one live connection: says hello, resumes where it was, beats, and comes back by itself after a loss. */
import { backoff, restartWait } from "./backoff";
import type { Clock } from "./clock";
import type { ConnectionStatus } from "./connection";
import {
  isCounted,
  type Accepted,
  type ClientFrame,
  type NewMessage,
  type Refused,
  type ServerFrame,
} from "./frames";
import type { Transport, Wire } from "./transport";

const ANSWER_MS = 15_000;
const WELCOME_MS = 15_000;
const SIGNED_OUT = 4401;
const TOO_SLOW = 4408;
const RESTART = 1012;

/** The connection was lost, or no answer came in time: whether the message arrived is unknown. */
export class NoAnswer extends Error {}

/** The server refused a message. */
export class Refusal extends Error {
  readonly code: string;
  constructor(frame: Refused) {
    super(frame.message);
    this.code = frame.code;
  }
}

export interface SocketOptions {
  transport: Transport;
  clock: Clock;
  onFrame(frame: ServerFrame): void;
  onStatus(status: ConnectionStatus): void;
  onSignedOut(): void;
}

interface Waiting {
  resolve(answer: Accepted): void;
  reject(error: Error): void;
  cancel(): void;
}

export class LiveSocket {
  private readonly options: SocketOptions;
  private wire: Wire | null = null;
  private session: string | null = null;
  private seq = 0;
  private tries = 0;
  private beat = 25;
  private welcomed = false;
  private started = false;
  private reachable = true;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private cancelRetry: () => void = () => {};
  private cancelPing: () => void = () => {};
  private cancelWatch: () => void = () => {};

  constructor(options: SocketOptions) {
    this.options = options;
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    this.connect();
  }

  stop(): void {
    this.started = false;
    this.cancelRetry();
    this.drop();
  }

  /** The browser says whether there is a network at all. */
  setReachable(reachable: boolean): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    if (!this.started) return;
    this.cancelRetry();
    if (reachable) {
      this.tries = 0;
      this.connect();
    } else {
      this.drop();
      this.options.onStatus("offline");
    }
  }

  /** Tries now instead of at the end of the wait, for a button or a page that comes to the front. */
  hurry(): void {
    if (!this.started || this.wire || !this.reachable) return;
    this.cancelRetry();
    this.connect();
  }

  get online(): boolean {
    return this.welcomed;
  }

  /** Sends what may be lost; answers whether it went out. */
  post(frame: ClientFrame): boolean {
    if (!this.welcomed || !this.wire) return false;
    this.wire.send(JSON.stringify(frame));
    return true;
  }

  /** Sends a message; rejects with `Refusal` if the server says no, `NoAnswer` if nobody knows. */
  send(message: NewMessage): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      if (!this.post({ t: "send", id, ...message })) return reject(new NoAnswer());
      const cancel = this.options.clock.after(ANSWER_MS, () => {
        this.waiting.delete(id);
        reject(new NoAnswer());
      });
      this.waiting.set(id, { resolve, reject, cancel });
    });
  }

  private connect(): void {
    this.options.onStatus("connecting");
    const wire = this.options.transport({
      opened: () => this.hello(),
      received: (text) => this.received(JSON.parse(text) as ServerFrame),
      closed: (code) => this.closed(code),
    });
    this.wire = wire;
    this.cancelWatch = this.options.clock.after(WELCOME_MS, () => this.silent());
  }

  private hello(): void {
    const resume = this.session ? { session: this.session, seq: this.seq } : {};
    this.wire?.send(JSON.stringify({ t: "hello", v: 1, ...resume } satisfies ClientFrame));
  }

  private received(frame: ServerFrame): void {
    if (this.welcomed) this.listenOn();
    if (isCounted(frame)) this.seq++;
    if (frame.t === "welcome") {
      this.session = frame.session;
      this.seq = frame.seq;
      this.tries = 0;
      this.welcomed = true;
      this.beat = frame.beat;
      this.listenOn();
      this.pingLater();
    }
    if (frame.t === "ok") this.settle(frame.id, (waiting) => waiting.resolve(frame));
    if (frame.t === "error" && frame.id !== undefined) {
      this.settle(frame.id, (waiting) => waiting.reject(new Refusal(frame)));
    }
    this.options.onFrame(frame);
    if (frame.t === "welcome") this.options.onStatus("online");
  }

  private settle(id: number, finish: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    waiting.cancel();
    finish(waiting);
  }

  /** Two beats without a word, and the line is dead although nobody closed it. */
  private listenOn(): void {
    this.cancelWatch();
    this.cancelWatch = this.options.clock.after(this.beat * 2000, () => this.silent());
  }

  private pingLater(): void {
    this.cancelPing();
    this.cancelPing = this.options.clock.after(this.beat * 1000, () => {
      this.post({ t: "ping" });
      this.pingLater();
    });
  }

  private silent(): void {
    this.drop();
    this.retry(backoff(this.tries++, this.options.clock.random()));
  }

  private closed(code: number): void {
    this.drop();
    if (code === SIGNED_OUT) {
      this.started = false;
      this.session = null;
      this.options.onStatus("offline");
      return this.options.onSignedOut();
    }
    if (code === TOO_SLOW) this.session = null;
    const random = this.options.clock.random();
    this.retry(
      code === RESTART && this.tries === 0 ? restartWait(random) : backoff(this.tries, random),
    );
    this.tries++;
  }

  private retry(wait: number): void {
    if (!this.started || !this.reachable) return;
    this.options.onStatus("connecting");
    this.cancelRetry();
    this.cancelRetry = this.options.clock.after(wait, () => this.connect());
  }

  private drop(): void {
    this.cancelPing();
    this.cancelWatch();
    this.welcomed = false;
    this.wire?.close();
    this.wire = null;
    for (const id of this.waiting.keys())
      this.settle(id, (waiting) => waiting.reject(new NoAnswer()));
  }
}
