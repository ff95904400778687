import { setMaxListeners } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { type Exchange, type FaultOptions, faultKinds } from './faultKinds';
import type { Store } from './store';

export type Operation =
	| 'register'
	| 'send'
	| 'confirm'
	| 'carriers'
	| 'getCarrier'
	| 'connect'
	| 'updateLogin'
	| 'disconnect'
	| 'addFunds'
	| 'estimate'
	| 'rates'
	| 'buyLabel'
	| 'labels'
	| 'getLabel'
	| 'labelFile'
	| 'voidLabel'
	| 'createSubAccount'
	| 'subAccounts'
	| 'getSubAccount'
	| 'findSubAccount'
	| 'enableSubAccount'
	| 'disableSubAccount';

export type FaultKind = keyof FaultOptions;

/** A fault to come: at which operation, of which kind, and how many requests meet it (default 1). */
export type Fault<K extends FaultKind = FaultKind> = {
	[Each in K]: { operation: Operation; kind: Each; times?: number } & FaultOptions[Each];
}[K];

declare module 'fastify' {
	interface FastifyContextConfig {
		/** The name by which faults know a route. */
		operation?: Operation;
	}
}

/** Any number of answers may be delayed at a time: Node would warn from the eleventh on. */
function endOfDelays(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}

/** The faults to come, met in the order they were added. A request meets one at most. */
export class Faults {
	private coming: Array<{ fault: Fault; left: number }> = [];
	private untilCleared = endOfDelays();
	/** How many requests are being acted on. */
	underWay = 0;

	/** Adds a fault. Only a request with a good key and within its rate limit can meet it. */
	add(fault: Fault): void {
		this.coming.push({ fault, left: fault.times ?? 1 });
	}

	/** Forgets the faults to come and ends those that still delay an answer, without acting. */
	clear(): void {
		this.coming = [];
		this.untilCleared.abort();
		this.untilCleared = endOfDelays();
	}

	/** The next fault of an operation, which is then used up once. */
	take(operation: Operation): Fault | undefined {
		const next = this.coming.find(({ fault, left }) => fault.operation === operation && left > 0);
		if (next) next.left -= 1;
		return next?.fault;
	}

	get ended(): AbortSignal {
		return this.untilCleared.signal;
	}

	/** Acts on a request, which counts as under way until then, also where nobody waits for it any more. */
	async during<T>(act: () => Promise<T>): Promise<T> {
		this.underWay += 1;
		try {
			return await act();
		} finally {
			this.underWay -= 1;
		}
	}
}

/** Puts the faults in front of every route that names its operation. Call it before adding routes. */
export function faultyRoutes(app: FastifyInstance, faults: Faults, store: Store): void {
	app.addHook('onRoute', (route) => {
		const operation = route.config?.operation;
		const { handler } = route;
		if (!operation) return;

		route.handler = async function (request, reply) {
			const answer = async () => (await handler.call(this, request, reply)) as object | undefined;
			const act = async () => (await answer()) ?? {};
			const fault = faults.take(operation);
			return await faults.during(
				async () =>
					await (fault
						? befall(fault, { request, reply, store, ended: faults.ended, act })
						: answer()),
			);
		};
	});
}

function befall<K extends FaultKind>(fault: Fault<K>, exchange: Exchange): Promise<unknown> {
	return faultKinds[fault.kind](exchange, fault);
}
