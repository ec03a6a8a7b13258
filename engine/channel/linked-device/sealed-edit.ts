/**
 * What does an edit say that is sealed with the secret of the message it changes? Since 2026 WhatsApp's apps send edits so: whoever
 * did not keep the original cannot open them. Baileys 7.0.0-rc14 hands them on as they came.
 * Source: WAProto, `message SecretEncryptedMessage`; Baileys pull requests 2547 and 2690 for the sealing (HKDF-SHA256 without salt,
 * AES-256-GCM without additional data).
 */
import { createDecipheriv, hkdfSync } from 'node:crypto';
import { isObject, textOf, type Json } from '../untrusted';
import { countOf } from './wire-values';

export interface SealedEdit {
	/** The message it changes. */
	originalId: string;
	iv: Uint8Array;
	/** With the 16 bytes that prove it at the end. */
	payload: Uint8Array;
}

/** WAProto, `SecretEncType`: EVENT_EDIT is 1. */
const MESSAGE_EDIT = 2;

/** @param message without its envelopes @returns null when it is none */
export function sealedEditIn({ secretEncryptedMessage: part }: Json): SealedEdit | null {
	if (!isObject(part) || countOf(part.secretEncType) !== MESSAGE_EDIT || !isObject(part.targetMessageKey)) return null;
	const originalId = textOf(part.targetMessageKey.id);
	if (originalId === null) return null;
	return { originalId, iv: bytesOf(part.encIv), payload: bytesOf(part.encPayload) };
}

/** @param raw of the message as it was stored @returns null when it came without a secret */
export function secretOf(raw: unknown): Buffer | null {
	const message = isObject(raw) && isObject(raw.message) ? raw.message : {};
	const context = isObject(message.messageContextInfo) ? message.messageContextInfo : {};
	const text = textOf(context.messageSecret);
	return text === null ? null : Buffer.from(text, 'base64');
}

/**
 * @param names JIDs of the one who wrote and changed it: it is sealed under one of them, and nothing tells under which
 * @returns the encoded message, or null when it does not open
 */
export function openEdit(edit: SealedEdit, secret: Uint8Array, names: readonly string[]): Uint8Array | null {
	for (const author of names) {
		for (const editor of names) {
			const info = `${edit.originalId}${author}${editor}Message Edit`;
			const opened = open(edit, new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32)));
			if (opened) return opened;
		}
	}
	return null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

function open({ iv, payload }: SealedEdit, key: Uint8Array): Uint8Array | null {
	if (payload.length <= TAG_BYTES || iv.length !== IV_BYTES) return null;
	const cipher = createDecipheriv('aes-256-gcm', key, iv);
	cipher.setAuthTag(payload.subarray(-TAG_BYTES));
	try {
		return Buffer.concat([cipher.update(payload.subarray(0, -TAG_BYTES)), cipher.final()]);
	} catch {
		return null;
	}
}

function bytesOf(value: unknown): Uint8Array {
	return value instanceof Uint8Array ? value : new Uint8Array();
}
