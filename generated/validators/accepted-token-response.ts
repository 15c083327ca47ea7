// Generated from spec/ by `npm run generate`. Do not edit.

// @ts-nocheck
import type { AcceptedTokenResponse } from '../openapi.js'
const schema32 = { "x-validator": "place-only", "type": "object", "description": "What a client accepts, after members that are `null` were taken as absent. A `token_type` may be missing\nonly for a session transfer token, and `issued_token_type` is looked at after this.\n", "required": ["access_token"], "properties": { "access_token": { "type": "string", "pattern": "\\S" }, "issued_token_type": { "type": "string", "pattern": "\\S" }, "token_type": { "type": "string", "pattern": "\\S" }, "expires_in": { "description": "A whole number, or the digits of one.", "type": ["integer", "string"], "minimum": 0, "maximum": 9007199254740991, "pattern": "^[0-9]{1,15}$" }, "scope": { "type": "string" }, "id_token": { "type": "string", "pattern": "\\S" }, "refresh_token": { "type": "string", "pattern": "\\S" } } };
const pattern4 = new RegExp("\\S", "u");
const pattern7 = new RegExp("^[0-9]{1,15}$", "u");
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {}) { let vErrors = null; let errors = 0; if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if ((data.access_token === undefined) && (missing0 = "access_token")) {
            validate21.errors = [{ instancePath }];
            return false;
        }
        else {
            if (data.access_token !== undefined) {
                let data0 = data.access_token;
                const _errs1 = errors;
                if (errors === _errs1) {
                    if (typeof data0 === "string") {
                        if (!pattern4.test(data0)) {
                            validate21.errors = [{ instancePath: instancePath + "/access_token" }];
                            return false;
                        }
                    }
                    else {
                        validate21.errors = [{ instancePath: instancePath + "/access_token" }];
                        return false;
                    }
                }
                var valid0 = _errs1 === errors;
            }
            else {
                var valid0 = true;
            }
            if (valid0) {
                if (data.issued_token_type !== undefined) {
                    let data1 = data.issued_token_type;
                    const _errs3 = errors;
                    if (errors === _errs3) {
                        if (typeof data1 === "string") {
                            if (!pattern4.test(data1)) {
                                validate21.errors = [{ instancePath: instancePath + "/issued_token_type" }];
                                return false;
                            }
                        }
                        else {
                            validate21.errors = [{ instancePath: instancePath + "/issued_token_type" }];
                            return false;
                        }
                    }
                    var valid0 = _errs3 === errors;
                }
                else {
                    var valid0 = true;
                }
                if (valid0) {
                    if (data.token_type !== undefined) {
                        let data2 = data.token_type;
                        const _errs5 = errors;
                        if (errors === _errs5) {
                            if (typeof data2 === "string") {
                                if (!pattern4.test(data2)) {
                                    validate21.errors = [{ instancePath: instancePath + "/token_type" }];
                                    return false;
                                }
                            }
                            else {
                                validate21.errors = [{ instancePath: instancePath + "/token_type" }];
                                return false;
                            }
                        }
                        var valid0 = _errs5 === errors;
                    }
                    else {
                        var valid0 = true;
                    }
                    if (valid0) {
                        if (data.expires_in !== undefined) {
                            let data3 = data.expires_in;
                            const _errs7 = errors;
                            if ((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (typeof data3 !== "string")) {
                                validate21.errors = [{ instancePath: instancePath + "/expires_in" }];
                                return false;
                            }
                            if (errors === _errs7) {
                                if ((typeof data3 == "number") && (isFinite(data3))) {
                                    if (data3 > 9007199254740991 || isNaN(data3)) {
                                        validate21.errors = [{ instancePath: instancePath + "/expires_in" }];
                                        return false;
                                    }
                                    else {
                                        if (data3 < 0 || isNaN(data3)) {
                                            validate21.errors = [{ instancePath: instancePath + "/expires_in" }];
                                            return false;
                                        }
                                    }
                                }
                                if (errors === _errs7) {
                                    if (typeof data3 === "string") {
                                        if (!pattern7.test(data3)) {
                                            validate21.errors = [{ instancePath: instancePath + "/expires_in" }];
                                            return false;
                                        }
                                    }
                                }
                            }
                            var valid0 = _errs7 === errors;
                        }
                        else {
                            var valid0 = true;
                        }
                        if (valid0) {
                            if (data.scope !== undefined) {
                                const _errs9 = errors;
                                if (typeof data.scope !== "string") {
                                    validate21.errors = [{ instancePath: instancePath + "/scope" }];
                                    return false;
                                }
                                var valid0 = _errs9 === errors;
                            }
                            else {
                                var valid0 = true;
                            }
                            if (valid0) {
                                if (data.id_token !== undefined) {
                                    let data5 = data.id_token;
                                    const _errs11 = errors;
                                    if (errors === _errs11) {
                                        if (typeof data5 === "string") {
                                            if (!pattern4.test(data5)) {
                                                validate21.errors = [{ instancePath: instancePath + "/id_token" }];
                                                return false;
                                            }
                                        }
                                        else {
                                            validate21.errors = [{ instancePath: instancePath + "/id_token" }];
                                            return false;
                                        }
                                    }
                                    var valid0 = _errs11 === errors;
                                }
                                else {
                                    var valid0 = true;
                                }
                                if (valid0) {
                                    if (data.refresh_token !== undefined) {
                                        let data6 = data.refresh_token;
                                        const _errs13 = errors;
                                        if (errors === _errs13) {
                                            if (typeof data6 === "string") {
                                                if (!pattern4.test(data6)) {
                                                    validate21.errors = [{ instancePath: instancePath + "/refresh_token" }];
                                                    return false;
                                                }
                                            }
                                            else {
                                                validate21.errors = [{ instancePath: instancePath + "/refresh_token" }];
                                                return false;
                                            }
                                        }
                                        var valid0 = _errs13 === errors;
                                    }
                                    else {
                                        var valid0 = true;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    else {
        validate21.errors = [{ instancePath }];
        return false;
    }
} validate21.errors = vErrors; return errors === 0; }

/** Whether `value` is what the schema AcceptedTokenResponse describes; on `false`, the `errors` of this function say where. */
export const isAcceptedTokenResponse: ((value: unknown) => value is AcceptedTokenResponse) & {
  errors?: readonly { instancePath: string }[] | null
} = validate21
