/**
 * Sending failed before the server answered: did the message leave? Pure. What surely stayed here may be tried again at once; what
 * may have left goes again under the same id only after a while, and its receiver sees it once.
 */
import type { SendResult } from '../../model';
import { explainLinkedError } from './error-table';

/** @param error as Baileys threw it; @param attempt counts earlier tries */
export function readSendFailure(error: unknown, attempt: number): SendResult {
	// A query before the message was cut off by the closing of the line: thrown is the code of the closing.
	if (typeof error === 'number') return { type: 'notSent', reason: LINE_DOWN };
	const { output, message } = (error ?? {}) as { output?: { statusCode?: unknown }; message?: unknown };
	const text = typeof message === 'string' ? message : String(error);
	const code = Number(output?.statusCode);
	// Checked before each write; nothing follows the writing of the message that could find the line closed.
	if (code === CLOSED || /WebSocket is not open|Connection Closed/i.test(text)) {
		return { type: 'notSent', reason: LINE_DOWN };
	}
	if (/encryption/i.test(text) && Number.isInteger(code)) return refusedBy(UNENCRYPTED, attempt);
	// The server's answer to a question that comes before the message: who the devices are, or their keys.
	if (Number.isInteger(code) && code !== TIMED_OUT && code !== OWN_FAILURE) return refusedBy(String(code), attempt);
	return { type: 'unknown', reason: text.slice(0, 200) };
}

/** The server's own word on the message. */
export function refusedBy(code: string, attempt: number): Extract<SendResult, { type: 'refused' }> {
	const { retry, explanation } = explainLinkedError(code, attempt);
	const error = { code, title: `Recusada pelo WhatsApp (${code})`, details: explanation };
	return { type: 'refused', error, retry, explanation };
}

export const LINE_DOWN = 'a conexão com o WhatsApp estava fechada';

const CLOSED = 428;
const TIMED_OUT = 408;
const OWN_FAILURE = 500;
const UNENCRYPTED = '500';
