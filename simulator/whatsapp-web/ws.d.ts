/** The part of ws that the simulator uses; the package brings no types of its own. */
declare module 'ws' {
	import type { EventEmitter } from 'node:events';
	import type { IncomingMessage } from 'node:http';
	import type { Duplex } from 'node:stream';

	export interface ServerSocket extends EventEmitter {
		readonly readyState: number;
		send(data: Uint8Array): void;
		close(): void;
		terminate(): void;
	}

	export class WebSocketServer {
		readonly clients: Set<ServerSocket>;
		constructor(options: { noServer: true; maxPayload?: number });
		handleUpgrade(
			request: IncomingMessage,
			socket: Duplex,
			head: Buffer,
			done: (socket: ServerSocket, request: IncomingMessage) => void,
		): void;
		close(): void;
	}
}
