import { ConfigurationError, makePixCode, readPixCode } from '../../../engine';
import type { PixDraft, PixKeyKind } from '../../../engine';
import { invalid } from '../payments-operation';
import type { PaymentsCall, PaymentsOperation } from '../payments-operation';
import { readAmount } from '../read-values';
import { optionsWithResultField } from '../result-field';
import { createCodeFields, createCodeOptions } from './create-code.fields';
import { pixJson } from './pix-json';
import { qrOf } from './qr-image';

const RESULT_FIELD = 'pix';

export const createCodeOperation: PaymentsOperation = {
	value: 'createCode',
	name: 'Create Code',
	action: 'Create a pix code',
	description: 'Make a Pix copia e cola and the image of its QR code',
	resultField: RESULT_FIELD,
	properties: [...createCodeFields, optionsWithResultField(RESULT_FIELD, createCodeOptions)],
	run: async (call) => {
		const errors: string[] = [];
		const made = makePixCode(readDraft(call, errors));
		if (!made.ok) errors.push(...made.errors);
		if (!made.ok || errors.length > 0) return invalid(...errors);

		const reading = readPixCode(made.code);
		if (!reading.ok) return invalid(...reading.errors);
		return { result: pixJson(reading, made.warnings), binary: await qrOf(call, made.code) };
	},
};

function readDraft({ params }: PaymentsCall, errors: string[]): PixDraft {
	const who = { name: params.text('receiverName'), city: params.text('receiverCity') };
	const type = params.text('codeType');
	if (type === 'dynamic') {
		const { singleUse = true } = params.collection<{ singleUse: boolean }>('options');
		return { ...who, url: params.text('url'), singleUse };
	}
	if (type !== 'static') {
		throw new ConfigurationError(`"Code Type" has no option "${type}".`, 'Use "static" or "dynamic".', 'codeType');
	}
	return {
		...who,
		key: params.text('key'),
		keyKind: keyKindOf(params.text('keyType')),
		amountCents: readAmount(params.value('amount'), 'O valor', errors),
		txid: params.text('options.txid'),
		description: params.text('options.description'),
	};
}

const KEY_KINDS: Array<PixKeyKind | 'auto'> = ['auto', 'cpf', 'cnpj', 'email', 'phone', 'random'];

function keyKindOf(value: string): PixKeyKind | 'auto' {
	const kind = KEY_KINDS.find((each) => each === value);
	if (kind) return kind;
	throw new ConfigurationError(
		`"Key Type" has no option "${value}".`,
		`Use one of: ${KEY_KINDS.join(', ')}.`,
		'keyType',
	);
}
