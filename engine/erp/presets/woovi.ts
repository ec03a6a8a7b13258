/**
 * Woovi (OpenPix): `{ event: "OPENPIX:…", charge, pix | boleto, company }`, amounts in cents. Every request is signed with
 * Woovi's own key (`x-webhook-signature`, RSA-SHA256 of the raw body, base64), which proves that Woovi sent it, not that
 * it is meant for this company; a webhook with an HMAC secret is signed with that too (`x-openpix-signature`, HMAC-SHA1).
 * Source: developers.woovi.com/docs/webhook/seguranca/webhook-signature-validation, …/webhook-hmac, /docs/boleto/boleto-webhook
 */
import { digestOf, objectAt, parseBody, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { all, checkAccount, checkHmac, checkSignature, checkToken, no } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpCheck, ErpKind, ErpPreset, ErpRequest, ErpSecrets } from '../types';
import { boletoOf, dateOf, idOf, instantOf, linkOf, pixOf, taxIdOf, textOf, wholeCentsOf } from '../values';

/** Signs all webhooks of production (GET api.woovi.com/api/v1/webhook/public-keys); the sandbox has another one. */
export const WOOVI_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/+NtIkjzevvqD+I3MMv3bLXDt
pvxBjY4BsRrSdca3rtAwMcRYYvxSnd7jagVLpctMiOxQO8ieUCKLSWHpsMAjO/zZ
WMKbqoG8MNpi/u3fp6zz0mcHCOSqYsPUUG19buW8bis5ZZ2IZgBObWSpTvJ0cnj6
HKBAA82Jln+lGwS1MwIDAQAB
-----END PUBLIC KEY-----
`;

/**
 * A boleto is COMPLETED when it was paid and SETTLED when the bank has handed over the money, about three bank days
 * later. Who paid must neither be reminded nor wait for thanks, so both are the same payment; `status` tells them apart.
 */
const KINDS: Readonly<Record<string, ErpKind>> = {
	'OPENPIX:CHARGE_CREATED': 'charge.issued',
	'OPENPIX:CHARGE_COMPLETED': 'payment.received',
	'OPENPIX:CHARGE_COMPLETED_NOT_SAME_CUSTOMER_PAYER': 'payment.received',
	'OPENPIX:TRANSACTION_RECEIVED': 'payment.received',
	BOLETO_SETTLED: 'payment.received',
	'OPENPIX:BOLETO_SETTLED': 'payment.received',
};

export const woovi: ErpPreset = {
	system: 'woovi',
	acknowledge: 200,
	check,
	read: (request) =>
		readJson(request, (body) => {
			const topic = textOf(body['event'], 120);
			if (isTest(body)) {
				const test = ignored(topic ?? TEST, 'Teste de endereço da Woovi: chegou bem.');
				return readOf(digestOf(topic, 'test'), test);
			}
			if (topic === null) return unreadable('event is missing or is not a text');
			const pix = objectAt(body, 'pix');
			const charge = chargeOf(body);
			const endToEndId = idOf(pix['endToEndId']);
			const id = idOf(charge['correlationID']);
			const kind = Object.hasOwn(KINDS, topic) ? KINDS[topic]! : null;
			if (kind === null) {
				const key = digestOf(topic, endToEndId ?? id ?? request.body, charge['status']);
				return readOf(key, ignored(topic, whyIgnored(topic)));
			}
			const sourceId = id ?? endToEndId;
			if (sourceId === null || (kind !== 'payment.received' && id === null)) {
				return unreadable('charge.correlationID is missing or is not an id');
			}
			const status = textOf(valueAt(body, 'boleto.status'), 60) ?? textOf(charge['status'], 60);
			const deliveryKey = `${topic}:${endToEndId ?? `${sourceId}:${status ?? ''}`}`;
			const event = eventOf(kind, sourceId, status, body, charge, pix);
			// A Pix without a charge (static code, key typed by hand) is a thing of its own.
			return readOf(deliveryKey, eventFact(event, { entity: id === null ? `pix:${endToEndId}` : undefined }));
		}),
};

const SIGNATURE = 'x-webhook-signature';
const HMAC = { header: 'x-openpix-signature', algorithm: 'sha1', encoding: 'base64', prefix: '' } as const;

function check(request: ErpRequest, secrets: ErpSecrets): ErpCheck {
	const ownKey = publicKeyOf(secrets.secret);
	const origin = checkOrigin(request, secrets, ownKey);
	// An address is tried before its HMAC secret can be known. A test tells nothing, so half of a proof is enough.
	const body = parseBody(request.body);
	if (body.ok && isTest(body.value)) return origin.ok ? origin : checkHalf(request, secrets, ownKey);
	return all(
		() => origin,
		() => checkCompany(request, secrets),
	);
}

/** The HMAC of this webhook, or Woovi's signature together with what says that it is meant for this company. */
function checkOrigin(request: ErpRequest, secrets: ErpSecrets, ownKey: string | null): ErpCheck {
	// Everybody knows a public key: it is never an HMAC secret. An empty header is none.
	const hmac = ownKey === null && request.headers[HMAC.header] ? checkHmac(request, HMAC, secrets) : null;
	if (hmac?.ok) return hmac;
	// Any client of Woovi could point its webhook here: the address or the company must say that this one is ours.
	const signed = all(
		() => checkSignature(request, SIGNATURE, ownKey ?? WOOVI_PUBLIC_KEY),
		() => {
			if (ownKey === null) return checkToken(request, secrets, 'x-openpix-authorization');
			return secrets.account === ''
				? no('with a public key as secret the credential needs the account too')
				: { ok: true };
		},
	);
	return signed.ok || request.headers[SIGNATURE] ? signed : (hmac ?? signed);
}

/** Woovi's signature alone, or the secret alone. */
function checkHalf(request: ErpRequest, secrets: ErpSecrets, ownKey: string | null): ErpCheck {
	const signed = checkSignature(request, SIGNATURE, ownKey ?? WOOVI_PUBLIC_KEY);
	if (signed.ok || ownKey !== null) return signed;
	return checkToken(request, secrets, 'x-openpix-authorization').ok ? { ok: true } : signed;
}

function checkCompany(request: ErpRequest, secrets: ErpSecrets): ErpCheck {
	return checkAccount(request, secrets, 'company', (body) =>
		['company.taxID', 'company.id', 'account.clientId'].map((path) => valueAt(body, path)),
	);
}

/** The secret of the credential, when it is a public key: PEM, or the base64 of one as Woovi prints it. */
function publicKeyOf(secret: string): string | null {
	const text = /^LS0tLS1CRUdJTi/.test(secret.trim()) ? Buffer.from(secret, 'base64').toString('utf8') : secret;
	if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(text)) return null;
	// A one-line field loses the line breaks that PEM must have.
	const [, base64] = /BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END/.exec(text) ?? [];
	const lines = base64?.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}

const TEST = 'teste_webhook';
const TEST_FIELDS = ['data_criacao', 'event', 'evento'];

/**
 * What is sent when an address is saved: the event of a payment, without a charge or a Pix. Older ones say so in `evento`.
 * Source: developers.woovi.com/docs/webhook/webhook-test
 */
function isTest(body: JsonObject): boolean {
	if (['charge', 'pix', 'boleto', 'pixQrCode'].some((field) => (body[field] ?? null) !== null)) return false;
	if (body['evento'] === TEST) return true;
	return textOf(body['event']) !== null && Object.keys(body).every((field) => TEST_FIELDS.includes(field));
}

function chargeOf(body: JsonObject): JsonObject {
	const own = objectAt(body, 'charge');
	if (Object.keys(own).length > 0) return own;
	const nested = objectAt(objectAt(body, 'pix'), 'charge');
	return Object.keys(nested).length > 0 ? nested : objectAt(objectAt(body, 'boleto'), 'charge');
}

function eventOf(
	kind: ErpKind,
	sourceId: string,
	status: string | null,
	body: JsonObject,
	charge: JsonObject,
	pix: JsonObject,
) {
	const customer = objectAt(charge, 'customer');
	const paid = kind === 'payment.received';
	return makeEvent('woovi', {
		kind,
		sourceId,
		occurredAt: paid
			? (instantOf(pix['time']) ?? instantOf(charge['paidAt']) ?? instantOf(charge['updatedAt']))
			: instantOf(charge['createdAt']),
		customer: {
			id: idOf(customer['correlationID']),
			name: textOf(customer['name']),
			document: taxIdOf(valueAt(customer, 'taxID.taxID') ?? customer['taxID']),
			phone: textOf(customer['phone'], 100),
			email: textOf(customer['email'], 320),
		},
		amountCents:
			(paid ? (wholeCentsOf(pix['value']) ?? wholeCentsOf(valueAt(body, 'boleto.value'))) : null) ??
			wholeCentsOf(charge['value']),
		dueDate: dateOf(charge['dueDate']) ?? dateOf(charge['expiresDate']),
		number: textOf(charge['identifier'], 200),
		status,
		description: textOf(charge['comment']),
		links: { invoice: linkOf(charge['paymentLinkUrl']) },
		boleto:
			boletoOf(valueAt(body, 'boleto.boletoDigitable')) ??
			boletoOf(valueAt(charge, 'paymentMethods.boleto.boletoDigitable')),
		pix: pixOf(charge['brCode']),
		related: { txid: idOf(charge['transactionID']) ?? idOf(pix['transactionID']) },
	});
}

function whyIgnored(topic: string): string {
	if (/REFUND|DISPUTE/.test(topic)) {
		return `A Woovi avisou de uma devolução ou disputa (${topic}): isso é assunto da equipe, o cliente não recebe mensagem.`;
	}
	if (/MOVEMENT/.test(topic)) {
		return `A Woovi avisou de um pagamento feito pela empresa (${topic}): não é assunto do cliente.`;
	}
	if (topic === 'OPENPIX:CHARGE_EXPIRED') {
		return 'O código Pix da Woovi expirou: a dívida continua, a régua de cobrança cuida dela.';
	}
	return `O evento ${topic} da Woovi não vira aviso a clientes.`;
}
