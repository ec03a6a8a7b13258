/** The file behind a link that a workflow names. WhatsApp Web takes bytes alone, so the desk fetches it before it is sent. */
import axios, { isAxiosError } from 'axios';
import { cleanFileName } from '../file-name';
import { bareMimeType } from '../file-types';
import type { StoredMedia } from '../port';
import { megabytes, refuse, type Refusal } from '../refusal';

const TIMEOUT_MS = 60_000;
const AGAIN_MS = 30_000;

/** @returns a refusal to try again where the other side may only be busy */
export async function fetchLink(link: string, mostBytes: number): Promise<{ type: 'ok'; file: StoredMedia } | Refusal> {
	try {
		const { status, data, headers } = await axios.get<Buffer>(link, {
			responseType: 'arraybuffer',
			timeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(TIMEOUT_MS),
			maxRedirects: 5,
			maxContentLength: mostBytes,
			validateStatus: () => true,
		});
		if (status === 429 || status >= 500) return busy(`respondeu com HTTP ${status}`);
		if (status < 200 || status >= 300) {
			return refuse(
				'badLink',
				`O link do arquivo respondeu com HTTP ${status}. Confira se ele é público e se ainda vale.`,
			);
		}
		const header = (name: string) => (typeof headers[name] === 'string' ? headers[name] : '');
		const fileName = nameIn(header('content-disposition')) ?? nameOfPath(link);
		return { type: 'ok', file: { bytes: Buffer.from(data), mimeType: bareMimeType(header('content-type')), fileName } };
	} catch (error) {
		if (isAxiosError(error) && /maxContentLength/.test(error.message)) {
			return refuse(
				'fileTooLarge',
				`O arquivo do link passa de ${megabytes(mostBytes)}. Envie o próprio link no texto.`,
			);
		}
		return busy(`não respondeu (${isAxiosError(error) ? (error.code ?? 'sem motivo') : 'sem motivo'})`);
	}
}

function busy(what: string): Refusal {
	const refusal = refuse(
		'linkUnreachable',
		`O link do arquivo ${what}. O envio é repetido por um tempo; confira o link.`,
	);
	return { ...refusal, retry: { kind: 'backoff', minMs: AGAIN_MS, scope: 'contact' } };
}

/** 'attachment; filename="boleto.pdf"', or the encoded form of RFC 5987. */
function nameIn(disposition: string): string | null {
	const encoded = /filename\*=(?:utf-8|iso-8859-1)''([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
	return cleanFileName(decoded(encoded ?? '') || plain || '');
}

function nameOfPath(link: string): string | null {
	return cleanFileName(decoded(new URL(link).pathname));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
