/** The picture of a Pix code, for those who pay with the phone they do not read on. */
import type { IBinaryKeyData, INodeProperties } from 'n8n-workflow';
import { qrPng } from '../../../engine';
import type { PaymentsCall } from '../payments-operation';

export const qrImageField: INodeProperties = {
	displayName: 'QR Image',
	name: 'qrImage',
	type: 'boolean',
	default: true,
	description: 'Whether to draw the QR code as a PNG, ready to be sent',
};

export const qrBinaryField: INodeProperties = {
	displayName: 'Put Image in Field',
	name: 'binaryField',
	type: 'string',
	default: 'qrCode',
	placeholder: 'e.g. qrCode',
	displayOptions: { show: { qrImage: [true] } },
	hint: 'The name of the output binary field to put the image in',
};

export const qrFileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: 'pix.png',
	placeholder: 'e.g. pix-fatura-123.png',
	description: 'The name of the image',
};

/** undefined when none is wanted. */
export async function qrOf({ params, context }: PaymentsCall, code: string): Promise<IBinaryKeyData | undefined> {
	if (!params.flag('qrImage')) return undefined;
	const fileName = params.text('options.fileName') || 'pix.png';
	const image = await context.helpers.prepareBinaryData(await qrPng(code), fileName, 'image/png');
	return { [params.requiredText('binaryField')]: image };
}
