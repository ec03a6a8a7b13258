// ERPs as they call the shipped workflows: each at its own address, each with its own proof.
import { createHmac } from 'node:crypto';
import { ERP_CREDENTIAL } from '../../scripts/lib/demo.mjs';
import { erpSample } from './erp';

type Json = Record<string, any>;
type Proof = (body: string, secret: string) => { headers?: Record<string, string>; query?: string };

const inAddress: Proof = (_body, secret) => ({ query: `token=${secret}` });
const hmac = (algorithm: string, body: string, secret: string) => createHmac(algorithm, secret).update(body);

/** By webhook id of the trigger nodes. */
const PROOFS: Record<string, Proof> = {
	'erp-omie-os': inAddress,
	'erp-omie-cobranca': inAddress,
	'erp-tiny-pedidos': inAddress,
	'erp-mercado-livre': inAddress,
	'erp-outro-os': inAddress,
	'erp-outro-cobranca': inAddress,
	'erp-bacen-pix': inAddress,
	'erp-odoo': inAddress,
	'erp-asaas': (_body, secret) => ({ headers: { 'asaas-access-token': secret } }),
	'erp-totvs-pedidos': (_body, secret) => ({
		headers: { authorization: `Basic ${Buffer.from(`erp:${secret}`).toString('base64')}` },
	}),
	'erp-bling-pedidos': (body, secret) => ({
		headers: { 'x-bling-signature-256': `sha256=${hmac('sha256', body, secret).digest('hex')}` },
	}),
	'erp-kobana': (body, secret) => ({
		headers: { 'x-hub-signature': `sha1=${hmac('sha1', body, secret).digest('hex')}` },
	}),
	'erp-woovi': (body, secret) => ({
		headers: { 'x-openpix-signature': hmac('sha1', body, secret).digest('base64') },
	}),
};

/** One delivery to a published workflow; the status of the answer. @param body JSON, or a text as it is */
export async function deliver(
	webhookUrl: string,
	webhookId: string,
	body: Json | string | Buffer,
	secret = ERP_CREDENTIAL.data.secret,
): Promise<number> {
	const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString('utf8') : JSON.stringify(body);
	const { headers = {}, query = '' } = PROOFS[webhookId]!(text, secret);
	// Banks put /pix behind the address they were given.
	const path = webhookId === 'erp-bacen-pix' ? 'erp/pix' : 'erp';
	const answer = await fetch(`${webhookUrl}/${webhookId}/${path}?${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: text,
	});
	await answer.arrayBuffer();
	return answer.status;
}

/** The shipped workflow with what its node "Configuração" asks for. */
export function configured<T extends { nodes: Json[] }>(workflow: T, values: Record<string, unknown>): T {
	const fill = ({ parameters, ...node }: Json): Json => {
		const assignments = parameters.assignments.assignments.map((row: Json) => {
			const given = values[row.name.replace('config.', '')];
			return given === undefined ? row : { ...row, value: typeof given === 'string' ? given : JSON.stringify(given) };
		});
		return { ...node, parameters: { ...parameters, assignments: { assignments } } };
	};
	return { ...workflow, nodes: workflow.nodes.map((node) => (node.name === 'Configuração' ? fill(node) : node)) };
}

export const sample = (name: string): Json => JSON.parse(erpSample(name).toString('utf8'));

/** Notices of Omie about a service order of its own, made of the samples. */
export function aboutOrder(id: string) {
	const made = (name: string, change: Json = {}) => {
		const body = sample(name);
		const event = { ...body.event, idOrdemServico: id, numeroOrdemServico: id, ...change };
		return { ...body, messageId: `${name}-${id}-${JSON.stringify(change)}`, event };
	};
	return {
		opened: made('omie-ordemservico-incluida'),
		stage: (etapa: string) => made('omie-ordemservico-etapaalterada', { etapa }),
		closed: made('omie-ordemservico-faturada', { dataFaturado: '20/02/2023' }),
	};
}
