/**
 * The Pix API of Bacen, as every bank speaks it: `{ pix: [{ endToEndId, txid, valor, horario, devolucoes }] }`, posted to
 * the registered address with "/pix" behind it. The bank proves itself with its certificate, which the proxy checks; the
 * address holds a secret as well. Source: github bacen/pix-api, openapi.yaml, callback pixWebhook
 */
import { digestOf, isObject, listAt, objectAt, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { checkToken } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored, unreadableItem } from '../facts';
import type { ErpFact, ErpPreset } from '../types';
import { centsOf, idOf, instantOf, taxIdOf, textOf } from '../values';

export const bacenPix: ErpPreset = {
	system: 'bacenPix',
	acknowledge: 200,
	check: checkToken,
	read: (request) =>
		readJson(request, (body) => {
			if (body['evento'] === 'teste_webhook') {
				return readOf('teste_webhook', ignored('teste_webhook', 'Teste de endereço do banco: chegou bem.'));
			}
			const items = body['pix'];
			if (!Array.isArray(items) || items.length === 0) return unreadable('pix is missing or is not a list');
			const facts: ErpFact[] = [];
			const names: string[] = [];
			const problems: string[] = [];
			for (const [at, item] of items.entries()) {
				const endToEndId = idOf(valueAt(item, 'endToEndId'));
				const problem = problemOf(item, endToEndId);
				if (problem === null) {
					names.push(endToEndId!);
					facts.push(...factsOf(item as JsonObject, endToEndId!, names));
				} else {
					problems.push(`pix[${at}].${problem}`);
					facts.push(unreadableItem('pix', problems.at(-1)!));
				}
			}
			// Good payments do not wait for the bad one beside them.
			if (problems.length === items.length) return unreadable(problems[0]!);
			// The same batch, mended, is another delivery.
			if (problems.length > 0) return readOf(digestOf(...names, request.body), ...facts);
			return readOf(names.length === 1 ? names[0]! : digestOf(...names), ...facts);
		}),
};

/** What the item lacks; null = nothing. */
function problemOf(item: unknown, endToEndId: string | null): string | null {
	if (!isObject(item) || endToEndId === null) return 'endToEndId is missing or is not an id';
	return centsOf(item['valor']) === null ? 'valor is missing or is not an amount' : null;
}

function factsOf(item: JsonObject, endToEndId: string, names: string[]): ErpFact[] {
	const amountCents = centsOf(item['valor'])!;
	const refunds = listAt(item, 'devolucoes').filter(isObject);
	for (const refund of refunds) names.push(`${idOf(refund['id']) ?? ''}:${textOf(refund['status'], 60) ?? ''}`);
	const returned = refunds
		.filter((refund) => refund['status'] === 'DEVOLVIDO')
		.reduce((sum, refund) => sum + (centsOf(refund['valor']) ?? 0), 0);
	const told = refunds.map((refund) =>
		ignored(
			'pix.devolucao',
			`Devolução de Pix (${textOf(refund['status'], 60) ?? 'sem situação'}): é assunto da equipe, o cliente não recebe mensagem.`,
		),
	);
	// Money that went back whole is no payment to give thanks for.
	if (returned >= amountCents && returned > 0) return told;

	const txid = idOf(item['txid']);
	const payer = objectAt(item, 'pagador');
	const event = makeEvent('bacenPix', {
		kind: 'payment.received',
		sourceId: txid ?? endToEndId,
		occurredAt: instantOf(item['horario']),
		customer: { name: textOf(payer['nome']), document: taxIdOf(payer['cpf']) ?? taxIdOf(payer['cnpj']) },
		amountCents,
		description: textOf(item['infoPagador']),
		related: { txid },
	});
	// A code with a txid may be paid more than once: each payment is its own.
	return [
		eventFact(event, { entity: txid === null ? `pix:${endToEndId}` : undefined, occurrence: endToEndId }),
		...told,
	];
}
