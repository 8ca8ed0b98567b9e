/**
 * Who keeps JS functions alive that a native graph has to call.
 *
 * A hook or the context of an `autograd.Function` often mentions a tensor of the very graph that
 * calls it. If native code held it strongly that would be a cycle which no collector sees. So native
 * code holds it weakly, and the wrappers of the graph hold it: every wrapper of one connected graph
 * refers to one token, and the token holds the payloads. The whole cycle is then V8's to collect.
 */
import { native } from '../native';
import type { Handle } from '../native';
import type { Tensor } from '../tensor';

/** Something native code may call; `token` says who holds it. */
export interface Payload {
  token: Token;
  /** Called with the gradients that reached the node; returns what replaces them. */
  call(gradients: (Handle | null)[]): unknown;
  /** Called when backward has freed what the node saved. */
  release?(): void;
}

export class Token {
  /** Set when two graphs met: the other token stands for both. */
  private parent: Token | null = null;
  private payloads: Set<Payload> | null = null;
  private readers: Set<Token> | null = null;
  /** The graph that made this leaf's gradient differentiable (`createGraph`). */
  gradGraph: Token | null = null;

  constructor(readonly isLeaf: boolean) {}

  get held(): Set<Payload> {
    return (this.payloads ??= new Set());
  }

  /** Tokens of the leaves that this graph reads: a leaf never refers to a graph that uses it. */
  get leaves(): Set<Token> {
    return (this.readers ??= new Set());
  }

  root(): Token {
    if (this.parent === null) return this;
    let top: Token = this;
    while (top.parent) top = top.parent;
    // Path compression: a chain of merges stays one step long.
    for (let t: Token = this; t.parent && t.parent !== top; ) {
      const next = t.parent;
      t.parent = top;
      t = next;
    }
    return top;
  }

  /** Makes one graph of two and returns its token. */
  merge(other: Token): Token {
    const a = this.root();
    const b = other.root();
    if (a === b) return a;
    if (b.payloads) for (const p of b.payloads) a.held.add(p);
    if (b.readers) for (const l of b.readers) a.leaves.add(l);
    b.payloads = b.readers = null;
    b.parent = a;
    return a;
  }
}

/** The token through which `t` keeps its graph's payloads, looking through views at their base. */
function tokenOf(t: Tensor): Token | null {
  const base = t._base ? tokenOf(t._base) : null;
  if (!t._token) return base;
  const own = t._token.isLeaf ? t._token : t._token.root();
  return base && base !== own && !base.isLeaf && !own.isLeaf ? own.merge(base) : own;
}

/** The graph that `graph` and the graph of `item` make; leaves are noted by `readLeaf` later. */
function joinGraph(graph: Token | null, item: unknown): Token | null {
  if (typeof item !== 'object' || item === null) return graph;
  const { _token, _base } = item as Tensor;
  if (!_token && !_base) return graph;
  const token = tokenOf(item as Tensor);
  if (!token || token.isLeaf || token === graph) return graph;
  return graph ? graph.merge(token) : token;
}

function readLeaf(graph: Token, item: unknown): void {
  if (typeof item !== 'object' || item === null || !(item as Tensor)._token) return;
  const token = tokenOf(item as Tensor);
  if (token?.isLeaf) graph.leaves.add(token);
}

/** Lets `result`, which requires grad, hold what the graphs of `args` hold. */
export function linkResult(result: Tensor, args: readonly unknown[]): void {
  let graph = result._token && !result._token.isLeaf ? result._token.root() : null;
  for (const arg of args) {
    if (Array.isArray(arg)) for (const item of arg) graph = joinGraph(graph, item);
    else graph = joinGraph(graph, arg);
  }
  const own = graph ?? new Token(false);
  for (const arg of args) {
    if (Array.isArray(arg)) for (const item of arg) readLeaf(own, item);
    else readLeaf(own, arg);
  }
  result._token = own;
  // A view that was written to changes the graph of its base.
  const base = result === args[0] ? result._base : null;
  if (base) base._token = base._token && !base._token.isLeaf ? base._token.merge(own) : own;
  drain();
}

/** Lets go of payloads whose native nodes are gone. */
export function drain(): void {
  if (native.flags[2] === 0) return;
  for (const payload of native.drainReleased() as unknown as Payload[]) {
    payload.token.root().held.delete(payload);
  }
}

/** The token of a tensor that requires grad, made if it has none yet. */
export function ensureToken(t: Tensor): Token {
  const token = tokenOf(t);
  if (token) return token;
  return (t._token = new Token(native.isLeaf(t._h) === true));
}

/** Keeps `payload` as long as any wrapper of the graph of `t` lives. */
export function hold(t: Tensor, payload: Omit<Payload, 'token'>): Payload {
  const token = ensureToken(t).root();
  const held = Object.assign(payload, { token }) as Payload;
  token.held.add(held);
  return held;
}
