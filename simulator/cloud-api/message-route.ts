import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SendFault } from '../faults';
import { parseJson, readBody, sendJson } from '../http/http';
import type { BusinessNumber } from '../model';
import { later, type Simulation } from '../simulation';
import { checkProduct } from './check-message';
import { isObject, type Json } from './checks';
import { errorBody, httpStatusOf, type Problem } from './errors';
import { markRead } from './mark-read';
import { acceptSend } from './send';

/** POST /{phone-number-id}/messages: reads the request, lets a planned fault happen, answers. */
const MAX_BODY = 1_024 * 1_024;

export async function handleMessage(
	simulation: Simulation,
	number: BusinessNumber,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const received = await readBody(request, MAX_BODY);
	const parsed = received.type === 'body' ? parseJson(received.bytes) : ({ ok: false } as const);
	if (!parsed.ok || !isObject(parsed.value)) {
		return refuse(simulation, response, { code: 100, details: 'The body is not a JSON object.' });
	}
	const body = parsed.value;
	// Read receipts are not sends: faults planned for messages do not hit them.
	if (body.status !== undefined) return answerRead(simulation, number, body, response);

	const fault = simulation.faults.takeSend(String(body.to ?? body.recipient ?? ''), String(body.type ?? 'text'));
	if (fault) simulation.events.emit({ type: 'faults' });
	switch (fault?.kind) {
		case 'reset':
			request.socket.resetAndDestroy();
			return;
		case 'error':
			if (fault.accepted) acceptSend(simulation, number, body, null);
			return refuse(simulation, response, {
				code: fault.code,
				status: fault.status,
				details: fault.details ?? 'Injected error.',
			});
		case 'httpStatus':
			if (fault.accepted) acceptSend(simulation, number, body, null);
			response.writeHead(fault.status, { 'content-type': 'text/html' });
			response.end(fault.body ?? `<html><body>HTTP ${fault.status}</body></html>`);
			return;
		case 'delay':
			return later(simulation, fault.ms, () => answer(simulation, number, body, response, fault));
		default:
			return answer(simulation, number, body, response, fault);
	}
}

function answer(
	simulation: Simulation,
	number: BusinessNumber,
	body: Json,
	response: ServerResponse,
	fault: SendFault | null,
): void {
	const problem = checkProduct(body);
	if (problem) return refuse(simulation, response, problem);
	const outcome = acceptSend(simulation, number, body, fault);
	if (outcome.type === 'refused') return refuse(simulation, response, outcome.problem);
	if (fault?.kind === 'noAnswer') return;
	if (fault?.kind === 'slowAnswer') return later(simulation, fault.ms, () => sendJson(response, 200, outcome.answer));
	sendJson(response, 200, outcome.answer);
}

function answerRead(simulation: Simulation, number: BusinessNumber, body: Json, response: ServerResponse): void {
	const problem = checkProduct(body) ?? markRead(simulation, number, body);
	if (problem) refuse(simulation, response, problem);
	else sendJson(response, 200, { success: true });
}

function refuse(simulation: Simulation, response: ServerResponse, problem: Problem): void {
	simulation.metrics.refused(problem.code);
	sendJson(response, httpStatusOf(problem), errorBody(problem));
}
